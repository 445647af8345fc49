/**
 * Words of one concept, apart by blanks: `*` stands for any ending, `_` joins the words of an expression.
 * From general knowledge of the language, not from the corpus. On normalised words.
 */
export const CONCEPT_WORDS: Readonly<Record<string, string>> = {
  death:
    'mort morts morte mourir meurs meure mourrai crever creve decede* deces dcd deuil defunt tombe cimetiere enterr* obseques funerailles cercueil incinere* cendres dead death die dies dying died funeral grave',
  suicide:
    'suicid* suicidaire* me_tuer me_supprimer me_pendre me_flinguer me_buter en_l_air mes_jours mettre_fin donner_la_mort kill_myself end_my_life self_harm',
  'end-it':
    'en_finir finir_avec tout_arreter arreter_tout que_ca_s_arrete que_tout_s_arrete que_cela_cesse que_ca_cesse que_ca_finisse tirer_ma_reverence tirer_un_trait tourner_la_page_definitivement stop_everything end_it end_this over_with',
  'not-live':
    'plus_vivre plus_envie_de_vivre envie_de_vivre raison_de_vivre raisons_de_vivre gout_a_la_vie gout_de_vivre plus_etre_la plus_la plus_exister exister survivre plus_en_vie force_de_vivre continuer_a_vivre a_vivre not_be_here be_here_anymore reason_to_live go_on_living want_to_live',
  vanish:
    'disparait* m_effacer s_effacer m_en_aller m_evaporer m_eteindre s_eteindre partir_pour_de_bon partir_pour_toujours partir_loin loin_de_tout plus_personne_ne_me plus_me_voir rejoindre le_rejoindre la_rejoindre les_rejoindre de_l_autre_cote paradis au_ciel disappear vanish fade_away join_him join_her',
  'sleep-for-good':
    'me_reveiller m_endormir dormir_pour_toujours ne_plus_ouvrir_les_yeux fermer_les_yeux plus_me_lever endormi* sommeil_eternel le_grand_sommeil wake_up fall_asleep never_wake',
  'accident-wish':
    'accident camion platane virage fosse percut* renvers* foudroye* avion cancer_foudroyant maladie_grave que_ca_tombe_sur_moi rupture_d_anevrisme car_crash hit_by',
  burden:
    'fardeau poids boulet encombr* de_trop gener gene_tout_le_monde debarrass* soulag* sans_moi mieux_sans mieux_loin inutile bon_a_rien bonne_a_rien sers_a_rien parasite burden better_off without_me useless worthless',
  'no-hope':
    'espoir desespoir desespere* issue sans_issue impasse a_quoi_bon a_quoi_ca_sert sert_a_rien plus_de_sens aucun_sens plus_rien_a plus_rien_qui avenir futur bout_du_tunnel aucune_solution pas_de_solution plus_d_interet no_hope hopeless no_way_out pointless no_point no_future',
  farewell:
    'adieu adieux derniere_fois dernier_message dernier_mot derniers_mots pardon pardonn* merci_pour_tout merci_d_avoir dites_leur dites_lui dire_a_mes leur_dire_que je_les_aime que_je_l_aime au_revoir_a prenez_soin occupez_vous_de goodbye farewell forgive tell_them take_care_of',
  'put-in-order':
    'testament notaire assurance_vie assurance_deces capital_deces prevoyance reversion beneficiaire ayants_droit heritage succession legue* en_ordre en_regle tout_range tout_trie vide_mon tout_paye mots_de_passe mes_affaires mes_papiers enveloppe* boite_aux_lettres lettre lettres un_mot_pour pour_mes_enfants donne_mon donne_ma confie_mon confie_le_chat le_chien les_cles will insurance letter letters',
  means:
    'corde ceinture lame lames rasoir cutter veines pont viaduc rebord balcon fenetre toit train rails metro gaz garage fusil carabine arme pistolet falaise riviere noyer noye* vide_qui rope bridge gun razor blade roof ledge pills',
  pills:
    'medicament* cachets comprimes boites somniferes anxiolytiques lexomil xanax doliprane plaquettes ordonnance pilules morphine avale* tout_pris tout_avale surdose overdose tablets swallowed medication',
  prepare:
    'prepar* prevu planifi* organise* choisi fixe decide decision repere* mis_de_cote garde_de_cote achete commande renseign* regarde_comment cherche_comment tout_est_pret je_suis_pret je_suis_prete j_ai_tout_ce_qu_il_faut scenario plan planned prepared ready bought decided',
  'calm-after':
    'apaise* serein* soulage* calme tranquille en_paix paix libere* liberee delivr* repos repose* reposer peaceful peace relieved calm',
  'try-again':
    'tentative ts rate loupe recommenc* la_derniere_fois deja_essaye deja_fait reessay* revient reviennent ca_revient ca_me_reprend ca_recommence rechut* reanimation psychiatrie hopital_psy hospitalis* comme_il_y_a comme_en attempt again relapse came_back',
  'dark-thoughts':
    'idees_noires pensees_noires noir noires noire sombre* mauvaises_idees mauvaises_pensees pensees idees betise betises connerie geste passer_a_l_acte l_acte faire_du_mal envie_de_plus_rien dark_thoughts thoughts something_stupid harm',
  'hurt-self':
    'scarifi* me_couper me_coupe je_me_fais_du_mal me_faire_du_mal entaill* mutil* me_bruler me_brule me_frapper saigne saigner cicatrice* manches_longues hurt_myself cut_myself cutting',
  'stop-care':
    'mon_traitement arrete_mon_traitement plus_mes_medicaments insuline dialyse plus_manger mange_plus ne_mange plus_boire refuse_de_manger jeun chimio soins_palliatifs stopped_taking not_eating',
  alone:
    'seul seule solitude personne_ne personne_pour personne_a_qui isole* abandonn* oublie* invisible transparent* manquera manquerais lonely alone nobody no_one',
  'worn-out':
    'epuis* fatigue* creve* vide videe lessive* usee use au_bout bout_du_rouleau n_en_peux_plus en_peux_plus plus_la_force plus_de_force a_bout craqu* tenir tiens_plus burn_out burnout surmen* exhausted tired worn_out burned',
  low: 'pleur* larmes triste* tristesse deprim* depress* cafard moral angoiss* anxi* panique boule_au_ventre stress* dors dormir sommeil insomnie* nuits_blanches cauchemar* peur honte culpabil* envie_de_rien crying cry sad depressed anxious anxiety sleep',
  bereaved:
    'veuf veuve perdu_mon perdu_ma perdu_mes decedee_depuis mort_de_mon mort_de_ma mort_de_mes orphelin* deuil funerarium fausse_couche lost_my bereave* widow*',
  psy: 'psychologue* psy psychologist therapeute consultation seance seances suivi ecoute ecouter parler_a_quelqu_un vider_mon_sac en_parler therapy counsell*',
  present:
    'maintenant en_ce_moment en_train_de a_l_instant la_tout_de_suite cette_minute depuis_dix_minutes depuis_cinq_minutes il_y_a_cinq_minutes il_y_a_dix_minutes vient_de viens_de right_now now just',
  soon: 'ce_soir cette_nuit demain ce_week_end dans_l_heure tout_a_l_heure bientot avant_noel apres_les_fetes tonight tomorrow soon',
  help: 'au_secours a_l_aide aidez_moi vite depechez urgence urgent samu pompiers police gendarm* ambulance appelez envoyez help hurry emergency',
  hide: 'cache* cachee enferme* verrou* a_cle sous_la_table dans_les_toilettes dans_le_placard derriere_la_porte chuchot* parler_bas parle_doucement pas_parler_fort tout_bas qu_il_m_entende raccroch* hiding locked whisper*',
  intruder:
    'defonc* tambourin* cogne_a_la_porte a_la_porte devant_la_porte devant_chez force_la forcer escalad* il_monte il_arrive il_est_la il_est_revenu il_est_dehors ils_sont_la il_hurle hurle je_l_entends en_bas grille outside_my at_the_door',
  hit: 'frapp* tape* cogn* gifl* coup coups battu* bat etrangl* serre_la_gorge serre_le_cou tire_les_cheveux pousse_dans poing pied bouscul* projet* jete_contre violent* brutal* hit hits hitting beat beats punch* strangl* slapped',
  weapon:
    'couteau* arme armes armee fusil pistolet marteau batte hache machette ciseaux barre_de_fer essence briquet bouteille_cassee acide knife gun weapon hammer',
  'kill-other':
    'le_tuer la_tuer les_tuer tuer buter planter me_tuer va_me_tuer te_tuer egorg* regler_son_compte lui_faire_la_peau faire_un_carnage un_massacre payer_cher va_payer vont_payer kill_him kill_her kill_them kill',
  'fear-of-self':
    'peur_de_moi peur_de_ce_que_je peur_de_faire peur_de_lui_faire peur_de_craquer_sur perdre_le_controle perds_le_controle plus_me_controler me_retenir me_retiens pulsion* secou* etouff* oreiller mes_mains voile_rouge vois_rouge je_vais_faire_un_malheur faire_un_malheur snap lose_control',
  child:
    'enfant* eleve eleves bebe petit petite petits gamin* gosse* fille fils fillette garcon garconnet ado adolescent* mineur* maternelle cp ce1 ce2 cm1 cm2 sixieme cinquieme quatrieme troisieme lyceen* collegien* child children kid kids pupil student baby toddler daughter son',
  'child-signs':
    'bleus bleu marques traces hematome* brulure* coups_de_ceinture martinet peur_de_rentrer veut_pas_rentrer veut_plus_rentrer rentrer_chez attouch* touche_la touchee l_a_touche secret culotte beau_pere tonton parrain nounou maltrait* negligee neglig* affame pas_mange dort_dehors laisse_seul seul_a_la_maison enferme_dans_la cave viol viole* inceste dessin bruise* abus* molest*',
  kin: 'mari femme conjoint* compagne compagnon ex epoux epouse mere pere maman papa soeur frere copain copine ami amie parents fils_aine husband wife partner boyfriend girlfriend mother father brother sister friend',
  colleague:
    'collegue* collegues prof professeur enseignant* instit maitresse maitre cpe surveillant* stagiaire tutrice directrice directeur principal principale proviseur* adjoint* secretaire gestionnaire colleague* teacher coworker',
  'tells-risk':
    'm_a_dit_qu m_a_dit_que m_a_ecrit m_a_envoye m_a_laisse un_message vocal sms dit_qu_il_voulait dit_qu_elle_voulait parle_de parle_plus repond_plus repond_pas decroche_pas injoignable introuvable pas_venu pas_venue disparue sans_nouvelle* told_me texted not_answering missing',
  'body-alarm':
    'poitrine bras_gauche machoire respir* souffle suffoqu* etouffe malaise evanoui* inconscient* connaissance convuls* epilep* tremble_de_partout sang saigne hemorragie tombe_par_terre s_est_effondre ecroul* levres gonfl* allergi* avc infarctus cardiaque coeur_qui coeur_qui_s paralys* vision bouche_de_travers parle_bizarre hypoglyc* glycemie fievre_tres contractions perds_du_sang chest breathing breathe unconscious collapsed seizure stroke bleeding',
  danger:
    'danger en_danger grave mal_finir va_mal_finir peur_pour_sa peur_pour_lui peur_pour_elle inquiet* inquiete inquietude peur_pour_ma_vie risque dangerous worried afraid_for',
  over: 'a_l_epoque autrefois jadis c_etait_il_y_a il_y_a_longtemps il_y_a_des_annees quand_j_etais quand_j_avais c_est_passe c_est_fini_maintenant c_est_derriere depuis_je_vais aujourd_hui_ca_va ca_va_mieux je_vais_mieux va_mieux j_en_suis_sorti* gueri* stabilis* used_to years_ago long_ago better_now recovered',
  safe: 'en_securite a_l_abri pris_en_charge prise_en_charge hospitalise_depuis les_pompiers_sont_venus la_police_est_venue porte_plainte plainte main_courante signalement ip_faite information_preoccupante deja_signale cellule suivie_par est_suivi est_suivie mise_a_l_abri hors_de_danger rien_de_grave plus_de_peur safe reported',
  reassure:
    'je_vous_rassure rassurez_vous ne_vous_inquietez_pas rien_de_grave je_ne_vais_pas_me je_veux_pas_mourir pas_envie_de_mourir je_tiens_a_la_vie pas_suicidaire aucune_idee_noire pas_d_idees_noires j_aime_la_vie ne_pense_pas_a_mourir c_est_une_facon_de_parler facon_de_parler expression au_sens_figure pas_a_ce_point don_t_worry not_suicidal figure_of_speech',
  story:
    'film livre roman serie piece theatre poeme chanson documentaire article reportage podcast lu entendu_a_la_radio histoire_vraie personnage heros redaction copie copies dissertation cours_sur texte extrait corrige auteur victor_hugo camus flaubert movie book novel essay story',
  training:
    'formation* module stage prevention conference animation atelier semaine affiche campagne protocole premiers_secours secourisme psc1 sentinelle* referent intervention diaporama training workshop prevention_week',
  joke: 'mdr lol ptdr haha blague plaisante rigole rire mort_de_rire humour ironie second_degre clin_d_oeil joke kidding',
  'leave-job':
    'demission* demissionn* quitter_l_education quitter_l_enseignement quitter_le_metier quitter_mon_poste en_finir_avec_ce_poste plus_y_retourner plus_retourner plus_enseigner arreter_le_metier rupture_conventionnelle resign* quit',
  money:
    'argent salaire paye paie payer loyer factures facture decouvert banque bancaire dettes dette credit* surendett* huissier saisie euros fin_de_mois fins_de_mois frigo courses cantine_a_payer chauffage edf impots prime primes indemnite* remboursement trop_percu mutuelle aide_financiere secours pret rent money bills salary debt* bank loan afford',
  housing:
    'logement appartement expuls* bail proprietaire hlm loger hebergement heberge a_la_rue dormir_dans_ma_voiture dort_dans dehors moisissure* demenag* caution flat housing evict* landlord homeless',
  family:
    'divorce* separation separe* garde_des_enfants pension_alimentaire creche nounou garde monoparental* famille belle_mere aidant* ehpad handicape mes_enfants conge_parental grossesse enceinte divorce childcare custody',
  'social-worker':
    'assistante_sociale assistant_social service_social aide_sociale action_sociale srias cesu cheques_vacances aide_d_urgence social_worker',
  mobility:
    'mutation* muter mute mouvement inter intra bareme points voeux rapprochement poste_a academie detachement disponibilite integration permut* affectation affecte* nomination remplacant* tzr zone transfer relocat* posting',
  career:
    'carriere reconvers* changer_de_metier autre_metier bilan_de_competences formation_professionnelle cpf vae concours agregation capes crpe echelon avancement promotion hors_classe evaluation_de_carriere liste_d_aptitude evoluer evolution titularis* conseiller_mobilite crhp retraite partir_a_la_retraite cumul contractuel* contrat cdi renouvel* career retrain* exam pension',
  'sick-leave':
    'arret arret_maladie conge_maladie cmo clm cld longue_maladie longue_duree mi_temps_therapeutique temps_partiel_therapeutique reprise reprendre_le_travail comite_medical conseil_medical medecin_du_travail medecine_du_travail medecine_de_prevention expertise imputable accident_de_service citis sick_leave back_to_work occupational',
  adjust:
    'rqth mdph handicap* poste_adapte pacd pald allegement* amenagement* amenager fauteuil materiel_adapte ott invalidite inapte inaptitude reclassement salle_au_rez correspondant_handicap disab* adapted accommodat*',
  illness:
    'maladie* malade cancer chimio diabete sclerose fibromyalg* polyarthrite dos lombaire* sciatique genou epaule canal_carpien migraine* acouphene* surdite sourd malentendant* voix aphone vue vision endometriose depression_nerveuse bipolaire operation opere* chirurgie douleur* mal_au back_pain illness ill hearing',
  appointment: 'rendez_vous rdv appointment creneau seance_de',
  'manage-appointment':
    'annul* deplac* report* decal* decommand* confirm* confirmation code_a code_de mon_code numero_de_dossier reference retrouv* en_retard empeche oublie_mon quelle_heure mauvaise_date mon_rendez_vous le_rendez_vous de_mon_rendez_vous sms_de_confirmation changer_l_heure lien_visio cancel reschedul* my_appointment confirmation_code',
  'about-service':
    'anonym* confident* gratuit* payant surtaxe enregistr* conserve* donnees secret_professionnel qui_repond qui_voit qui_aura horaires heures_d_ouverture ouvert ouverte ferme nuit_et combien_de_seances hierarchie_sera au_courant trace* mon_nom donner_mon_nom identit* mgen adherent prive free anonymous confidential recorded opening_hours who_will',
  human:
    'humain humaine vraie_personne une_personne quelqu_un_de_vrai en_chair robot machine automate repondeur operateur operatrice conseiller conseillere standard etre_rappele rappeler passez_moi parler_a_quelqu_un boite_vocale intelligence_artificielle bot human real_person operator agent',
  'not-for-us':
    'pizza livraison commande colis faux_numero trompe_de_numero erreur_de_numero devoirs exercice math* wifi box internet mot_de_passe pronote ent identifiant imprimante bug ordinateur telephone_portable taxi meteo horoscope restaurant coiffeur dentiste vendre acheter publicite sondage panneaux test essai inscription_de_mon cantine bus carte_grise impot dab wrong_number homework weather pizza_place',
  parent: 'parent parents parent_d_eleve pere_d_eleve mere_d_eleve papa_d_un maman_d_une famille_de',
  aggressed:
    'agress* insult* menac* crach* injuri* hurle_dessus traite_de traitee_de lance* jete jets bouscule_par filme* reseaux_sociaux diffam* intimid* doigt_d_honneur pneus raye raye_ma incivilit* assault* threaten* insult spat',
  protection:
    'protection_fonctionnelle plainte depot_de_plainte proces avocat juridique registre fait_etablissement',
  harass:
    'harcel* harcelement moral sexuel sexiste* sexisme remarques allusions deplac* mains_aux main_sur frole* blagues_sur photo* nus propositions regard* drague* consent* misogyn* viol_il harass* groped sexual inappropriate',
  discriminate:
    'discrimin* racis* raciste* homophob* gay lesbienne trans couleur_de_peau origine* noir_ou arabe juif* musulman* voile accent age trop_vieille grossesse_on syndicat handicap_on discriminat* racist',
  conflict:
    'conflit* tension* ambiance climat mesentente dispute* engueul* reproche* rabaiss* humili* denigr* mis_a_l_ecart mise_a_l_ecart ecarte* placard placardis* ignore* clan* rumeur* pression autoritaire micro_manag* surveille_tout convoqu* rapport_contre sanction blame hierarchie inspect* chef* cheffe ien dasen rectorat management boss manager toxic',
  'work-load':
    'surcharge charge_de_travail reunions mails injonction* reforme seul_a_gerer direction_d_ecole decharge effectif* heures_sup copies_a corriger classe_difficile inclusion manque_de_moyens workload',
  negation: 'ne pas jamais aucun aucune sans ni rien not never no none',
  self: 'je j me m moi mon ma mes i my myself',
  'she-he': 'il elle lui ils elles son sa ses he she him her they',
  you: 'vous votre vos tu te toi you your',
  question:
    'est_ce comment pourquoi combien quand quel quelle quels quelles ou_est qui_est what how when where which',
  wish: 'voudrais veux aimerais souhait* envie besoin j_aurais_voulu want would_like need wish',
  'if-ever':
    'si_jamais si_un_jour si_je_ne si_il_m_arrive s_il_m_arrive au_cas_ou imaginons en_cas_de si_je_venais just_in_case if_something if_i_were',
  'without-me':
    'apres_moi quand_je_serai_plus quand_je_serai_parti* quand_je_ne_serai une_fois_que_je se_passe_pour_mes que_deviennent que_devient ce_qui_se_passe_apres pour_leur_avenir after_i_m_gone when_i_m_gone once_i',
};
