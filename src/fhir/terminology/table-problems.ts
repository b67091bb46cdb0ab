import type { TableName } from './tables.js';

/** More would scroll away; the first ones usually explain the rest. */
const SHOWN = 40;

/** Everything wrong with the tables, so that all of it can be mended at once. */
export class TableProblems {
  private readonly problems: string[] = [];

  /**
   * @param line of the file, the header being line 1
   * @param sentence what is wrong and what to do
   */
  add(table: TableName, line: number, column: string, sentence: string): void {
    this.problems.push(`${table}.csv, line ${line}, column ${column}: ${sentence}`);
  }

  addFile(table: TableName, sentence: string): void {
    this.problems.push(`${table}.csv: ${sentence}`);
  }

  /** @throws Error that lists the problems, when there are any */
  throwIfAny(): void {
    if (this.problems.length === 0) return;
    const shown = this.problems.slice(0, SHOWN).map((problem) => `- ${problem}`);
    const hidden = this.problems.length - shown.length;
    throw new Error(
      ['The terminology tables cannot be used:', ...shown, ...(hidden > 0 ? [`- and ${hidden} more`] : [])].join('\n'),
    );
  }
}
