// A file is read here and put where it could also be pasted: nothing is sent before the form is.
const field = document.getElementById('file-field');
const file = document.getElementById('file');
const text = document.getElementById('text');
if (field !== null && file instanceof HTMLInputElement && text instanceof HTMLTextAreaElement) {
  field.hidden = false;
  file.addEventListener('change', () => {
    void file.files?.[0]?.text().then((content) => {
      text.value = content;
      text.focus();
    });
  });
}

export {};
