/** As it stands on the card, `NN-NNNN-NNNN-NNNN`: so every answer shows it. What is not 14 digits (a masked one) stays as it is. */
export const withDashes = (abhaNumber: string): string =>
  abhaNumber.replace(/^(\d{2})-?(\d{4})-?(\d{4})-?(\d{4})$/, '$1-$2-$3-$4');
