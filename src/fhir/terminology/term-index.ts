/** Words of one table, by their normalised spelling. */
export class TermIndex<T> {
  private readonly meanings = new Map<string, { readonly meaning: T; readonly identity: string }>();

  constructor(private readonly normal: (words: string) => string) {}

  /**
   * @param identity what must be the same when the same words stand in two lines, e.g. the code
   * @returns the words that already mean something else
   */
  add(words: readonly string[], meaning: T, identity: string): readonly string[] {
    return words.filter((each) => {
      const key = this.normal(each);
      const known = this.meanings.get(key);
      if (known === undefined) this.meanings.set(key, { meaning, identity });
      return known !== undefined && known.identity !== identity;
    });
  }

  get(words: string): T | undefined {
    return this.meanings.get(this.normal(words))?.meaning;
  }
}
