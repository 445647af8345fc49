// The figures of each table, drawn above it. What is hidden in the table is not drawn.
interface ChartShape {
  destroy(): void;
}
declare const Chart: new (canvas: HTMLCanvasElement, settings: unknown) => ChartShape;

const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function draw(article: Element): ChartShape | undefined {
  const canvas = article.querySelector('canvas');
  const rows = [...article.querySelectorAll<HTMLTableRowElement>('tbody tr:not(.total)')];
  const values = rows.map((row) => {
    const value = row.querySelector('td')?.dataset.value ?? '';
    return value === '' ? null : Number(value);
  });
  const drawing = article.querySelector('.drawing');
  const empty = values.every((value) => value === null || value === 0);
  drawing?.toggleAttribute('hidden', empty);
  if (canvas === null || empty) return undefined;
  const grid = { color: token('--line') };
  const ticks = { color: token('--soft-ink'), precision: 0 };
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels: rows.map((row) => row.querySelector('th')?.textContent ?? ''),
      datasets: [{ data: values, backgroundColor: token('--accent'), borderRadius: 4, maxBarThickness: 26 }],
    },
    options: {
      ...{ animation: false, maintainAspectRatio: false, indexAxis: 'y' },
      plugins: { legend: { display: false } },
      scales: {
        x: { beginAtZero: true, grid, ticks },
        y: { grid: { display: false }, ticks: { ...ticks, autoSkip: false } },
      },
    },
  });
}

let drawn: (ChartShape | undefined)[] = [];
function drawAll(): void {
  for (const chart of drawn) chart?.destroy();
  drawn = [...document.querySelectorAll('.chart')].map(draw);
}

drawAll();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);

export {};
