/** Parts of the page that are put in place of the old ones. */
const PARTS = ['log', 'talk-state'] as const;

/** Sends a form without leaving the page; what comes back is the same page, read anew. */
export function enhanceForms(desk: HTMLElement): void {
  desk.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute('data-live')) return;
    event.preventDefault();
    void submit(form);
  });
  desk.addEventListener('keydown', (event) => {
    const field = event.target as HTMLElement;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || field.id !== 'text') return;
    event.preventDefault();
    (field.closest('form') as HTMLFormElement).requestSubmit();
  });
  desk.addEventListener('click', (event) => {
    const link = (event.target as HTMLElement).closest<HTMLElement>('[data-canned]');
    if (link === null) return;
    event.preventDefault();
    putIn(link.dataset.canned ?? '');
  });
}

function putIn(text: string): void {
  const field = document.getElementById('text') as HTMLTextAreaElement | null;
  if (field === null) return;
  field.value = field.value.trim() === '' ? text : `${field.value.trimEnd()}\n${text}`;
  document.getElementById('canned')?.removeAttribute('open');
  field.focus();
}

async function submit(form: HTMLFormElement): Promise<void> {
  const field = form.querySelector('textarea');
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  if (field !== null) field.readOnly = true;
  const response = await fetch(form.action, { method: 'POST', body }).catch(() => undefined);
  if (field !== null) field.readOnly = false;
  if (response === undefined || !response.ok) {
    form.submit();
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (page.getElementById('desk') === null) {
    location.assign(response.url);
    return;
  }
  if (field !== null && response.url.includes('said=done')) field.value = '';
  putParts(page);
  if (!response.url.includes('said=done')) replaceRest(page);
}

/** The conversation on the screen has changed. What is being written stays. */
export async function refreshTalk(desk: HTMLElement): Promise<void> {
  const { viewing = '' } = desk.dataset;
  const response = await fetch(`/console/conversations/${viewing}${toolAsked()}`, {
    redirect: 'manual',
  }).catch(() => undefined);
  if (response === undefined || !response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  putParts(page);
  const [fresh, old] = [page.getElementById('reply-form'), document.getElementById('reply-form')];
  if ((fresh === null) !== (old === null)) replaceRest(page);
  else for (const id of ['vital', 'panel']) if (!isBusy(id)) replacePart(page, id);
}

/** The tool that is open stays open. */
function toolAsked(): string {
  const asked = new URLSearchParams(location.search);
  asked.delete('said');
  return asked.size === 0 ? '' : `?${asked}`;
}

function putParts(page: Document): void {
  const log = document.getElementById('log');
  const atEnd = log === null || log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  for (const id of PARTS) replacePart(page, id);
  if (atEnd) document.getElementById('log')?.scrollTo({ top: 1e9 });
}

function replaceRest(page: Document): void {
  const draft = (document.getElementById('text') as HTMLTextAreaElement | null)?.value ?? '';
  for (const id of ['vital', 'talk', 'panel']) replacePart(page, id);
  const field = document.getElementById('text') as HTMLTextAreaElement | null;
  if (field !== null && draft !== '') field.value = draft;
  document.getElementById('log')?.scrollTo({ top: 1e9 });
  const said = page.querySelector('.notice')?.textContent ?? '';
  const live = document.getElementById('live');
  if (live !== null && said !== '') live.textContent = said;
}

function replacePart(page: Document, id: string): void {
  const [fresh, old] = [page.getElementById(id), document.getElementById(id)];
  if (fresh !== null && old !== null && !fresh.isEqualNode(old)) old.replaceWith(fresh);
}

/** Somebody is choosing or writing there, or reads what was revealed. */
function isBusy(id: string): boolean {
  const part = document.getElementById(id);
  if (part === null) return true;
  const fields = [...part.querySelectorAll('textarea, select')] as (
    | HTMLTextAreaElement
    | HTMLSelectElement
  )[];
  const begun = fields.some((field) =>
    field instanceof HTMLTextAreaElement ? field.value !== '' : field.selectedIndex > 0,
  );
  const chosen = part.querySelector('fieldset input:checked') !== null;
  return (
    begun || chosen || part.contains(document.activeElement) || part.querySelector('.revealed, .say') !== null
  );
}
