/** What a screen reader says of a counter's QR code. */
export const counterTitle = (counter: string, facility: string): string =>
  `QR code of counter ${counter}, ${facility}: scan it with your ABHA app to share your profile and get a token`;
