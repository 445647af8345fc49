/** A pause after each group of three, so that the code can be written down. */
export const spokenDigits = (code: string): string =>
  code
    .split(' ')
    .map((group) => [...group].join(' '))
    .join(', ');
