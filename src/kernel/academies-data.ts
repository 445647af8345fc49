/**
 * The 30 académies and their departments, `code name` (Code de l'éducation, D222-2 and R222-2; Mayotte is an
 * académie since 2020), then the collectivities that have a vice-rectorat or a service of their own.
 */
export const ACADEMY_ROWS: readonly [
  slug: string,
  name: string,
  seat: string,
  zone: string,
  departments: string,
][] = [
  [
    'aix-marseille',
    'Aix-Marseille',
    'Aix-en-Provence',
    'Europe/Paris',
    '04 Alpes-de-Haute-Provence|05 Hautes-Alpes|13 Bouches-du-Rhône|84 Vaucluse',
  ],
  ['amiens', 'Amiens', 'Amiens', 'Europe/Paris', '02 Aisne|60 Oise|80 Somme'],
  [
    'besancon',
    'Besançon',
    'Besançon',
    'Europe/Paris',
    '25 Doubs|39 Jura|70 Haute-Saône|90 Territoire de Belfort',
  ],
  [
    'bordeaux',
    'Bordeaux',
    'Bordeaux',
    'Europe/Paris',
    '24 Dordogne|33 Gironde|40 Landes|47 Lot-et-Garonne|64 Pyrénées-Atlantiques',
  ],
  [
    'clermont-ferrand',
    'Clermont-Ferrand',
    'Clermont-Ferrand',
    'Europe/Paris',
    '03 Allier|15 Cantal|43 Haute-Loire|63 Puy-de-Dôme',
  ],
  ['corse', 'Corse', 'Ajaccio', 'Europe/Paris', '2A Corse-du-Sud|2B Haute-Corse'],
  ['creteil', 'Créteil', 'Créteil', 'Europe/Paris', '77 Seine-et-Marne|93 Seine-Saint-Denis|94 Val-de-Marne'],
  ['dijon', 'Dijon', 'Dijon', 'Europe/Paris', '21 Côte-d’Or|58 Nièvre|71 Saône-et-Loire|89 Yonne'],
  [
    'grenoble',
    'Grenoble',
    'Grenoble',
    'Europe/Paris',
    '07 Ardèche|26 Drôme|38 Isère|73 Savoie|74 Haute-Savoie',
  ],
  ['guadeloupe', 'Guadeloupe', 'Les Abymes', 'America/Guadeloupe', '971 Guadeloupe'],
  ['guyane', 'Guyane', 'Cayenne', 'America/Cayenne', '973 Guyane'],
  ['la-reunion', 'La Réunion', 'Saint-Denis de La Réunion', 'Indian/Reunion', '974 La Réunion'],
  ['lille', 'Lille', 'Lille', 'Europe/Paris', '59 Nord|62 Pas-de-Calais'],
  ['limoges', 'Limoges', 'Limoges', 'Europe/Paris', '19 Corrèze|23 Creuse|87 Haute-Vienne'],
  ['lyon', 'Lyon', 'Lyon', 'Europe/Paris', '01 Ain|42 Loire|69 Rhône'],
  ['martinique', 'Martinique', 'Schœlcher', 'America/Martinique', '972 Martinique'],
  ['mayotte', 'Mayotte', 'Mamoudzou', 'Indian/Mayotte', '976 Mayotte'],
  [
    'montpellier',
    'Montpellier',
    'Montpellier',
    'Europe/Paris',
    '11 Aude|30 Gard|34 Hérault|48 Lozère|66 Pyrénées-Orientales',
  ],
  [
    'nancy-metz',
    'Nancy-Metz',
    'Nancy',
    'Europe/Paris',
    '54 Meurthe-et-Moselle|55 Meuse|57 Moselle|88 Vosges',
  ],
  [
    'nantes',
    'Nantes',
    'Nantes',
    'Europe/Paris',
    '44 Loire-Atlantique|49 Maine-et-Loire|53 Mayenne|72 Sarthe|85 Vendée',
  ],
  ['nice', 'Nice', 'Nice', 'Europe/Paris', '06 Alpes-Maritimes|83 Var'],
  [
    'normandie',
    'Normandie',
    'Caen',
    'Europe/Paris',
    '14 Calvados|27 Eure|50 Manche|61 Orne|76 Seine-Maritime',
  ],
  [
    'orleans-tours',
    'Orléans-Tours',
    'Orléans',
    'Europe/Paris',
    '18 Cher|28 Eure-et-Loir|36 Indre|37 Indre-et-Loire|41 Loir-et-Cher|45 Loiret',
  ],
  ['paris', 'Paris', 'Paris', 'Europe/Paris', '75 Paris'],
  [
    'poitiers',
    'Poitiers',
    'Poitiers',
    'Europe/Paris',
    '16 Charente|17 Charente-Maritime|79 Deux-Sèvres|86 Vienne',
  ],
  ['reims', 'Reims', 'Reims', 'Europe/Paris', '08 Ardennes|10 Aube|51 Marne|52 Haute-Marne'],
  [
    'rennes',
    'Rennes',
    'Rennes',
    'Europe/Paris',
    '22 Côtes-d’Armor|29 Finistère|35 Ille-et-Vilaine|56 Morbihan',
  ],
  ['strasbourg', 'Strasbourg', 'Strasbourg', 'Europe/Paris', '67 Bas-Rhin|68 Haut-Rhin'],
  [
    'toulouse',
    'Toulouse',
    'Toulouse',
    'Europe/Paris',
    '09 Ariège|12 Aveyron|31 Haute-Garonne|32 Gers|46 Lot|65 Hautes-Pyrénées|81 Tarn|82 Tarn-et-Garonne',
  ],
  [
    'versailles',
    'Versailles',
    'Versailles',
    'Europe/Paris',
    '78 Yvelines|91 Essonne|92 Hauts-de-Seine|95 Val-d’Oise',
  ],
];

export const COLLECTIVITY_ROWS: readonly [code: string, name: string, zone: string][] = [
  ['975', 'Saint-Pierre-et-Miquelon', 'America/Miquelon'],
  ['986', 'Wallis-et-Futuna', 'Pacific/Wallis'],
  ['987', 'Polynésie française', 'Pacific/Tahiti'],
  ['988', 'Nouvelle-Calédonie', 'Pacific/Noumea'],
];

/** Prefectures and large towns, with their department. */
export const TOWNS = `
01 Bourg-en-Bresse;02 Laon;02 Saint-Quentin;03 Moulins;03 Montluçon;04 Digne-les-Bains;04 Digne;04 Manosque;05 Gap;05 Briançon;
06 Nice;06 Antibes;06 Cannes;06 Grasse;07 Privas;08 Charleville-Mézières;09 Foix;10 Troyes;11 Carcassonne;11 Narbonne;12 Rodez;
13 Marseille;13 Aix-en-Provence;13 Arles;13 Martigues;13 Aubagne;13 Salon-de-Provence;13 Vitrolles;13 Marignane;14 Caen;15 Aurillac;
16 Angoulême;17 La Rochelle;18 Bourges;19 Tulle;2A Ajaccio;2B Bastia;21 Dijon;21 Beaune;22 Saint-Brieuc;23 Guéret;24 Périgueux;
25 Besançon;25 Montbéliard;26 Valence;27 Évreux;28 Chartres;29 Quimper;29 Brest;30 Nîmes;30 Alès;31 Toulouse;32 Auch;33 Bordeaux;
34 Montpellier;34 Béziers;34 Sète;35 Rennes;35 Saint-Malo;36 Châteauroux;37 Tours;38 Grenoble;39 Lons-le-Saunier;40 Mont-de-Marsan;
41 Blois;42 Saint-Étienne;42 Roanne;43 Le Puy-en-Velay;44 Nantes;44 Saint-Nazaire;45 Orléans;45 Montargis;46 Cahors;47 Agen;48 Mende;
49 Angers;49 Cholet;50 Saint-Lô;50 Cherbourg;51 Châlons-en-Champagne;51 Reims;52 Chaumont;53 Laval;54 Nancy;54 Lunéville;
54 Longwy;55 Bar-le-Duc;55 Verdun;56 Vannes;56 Lorient;57 Metz;57 Thionville;57 Forbach;57 Sarreguemines;57 Sarrebourg;58 Nevers;
59 Lille;59 Roubaix;59 Tourcoing;59 Dunkerque;59 Valenciennes;59 Douai;60 Beauvais;60 Compiègne;61 Alençon;62 Arras;62 Calais;
62 Boulogne-sur-Mer;62 Béthune;63 Clermont-Ferrand;64 Pau;64 Bayonne;64 Biarritz;65 Tarbes;66 Perpignan;67 Strasbourg;67 Haguenau;
67 Schiltigheim;67 Saverne;67 Sélestat;68 Colmar;68 Mulhouse;69 Lyon;69 Villeurbanne;69 Vénissieux;70 Vesoul;71 Mâcon;72 Le Mans;
73 Chambéry;74 Annecy;76 Rouen;76 Le Havre;76 Dieppe;77 Melun;77 Meaux;78 Versailles;79 Niort;80 Amiens;81 Albi;81 Castres;
82 Montauban;83 Toulon;83 Draguignan;83 Fréjus;84 Avignon;84 Carpentras;84 Cavaillon;85 La Roche-sur-Yon;86 Poitiers;87 Limoges;
88 Épinal;89 Auxerre;90 Belfort;91 Évry;92 Nanterre;92 Boulogne-Billancourt;93 Bobigny;93 Saint-Denis;93 Montreuil;94 Créteil;
95 Cergy;95 Pontoise;95 Argenteuil;971 Basse-Terre;971 Pointe-à-Pitre;972 Fort-de-France;973 Cayenne;973 Saint-Laurent-du-Maroni;
974 Saint-Denis de La Réunion;974 Saint-Pierre de La Réunion;974 Saint-Paul;976 Mamoudzou;976 Dzaoudzi;987 Papeete;988 Nouméa;986 Mata-Utu
`
  .replaceAll('\n', '')
  .split(';');
