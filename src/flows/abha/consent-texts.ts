import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { parse } from 'yaml';
import { CONFIG, type Config } from '../../support/config.js';
import { projectFile } from '../../support/project-file.js';

/** What a person agrees to before an ABHA is made, in one language. */
export interface ConsentText {
  readonly language: string;
  readonly version: string;
  readonly title: string;
  /** To be ticked together or one by one. */
  readonly statements: readonly string[];
  /** What the assisting operator declares. */
  readonly operatorStatement: string;
  /** SHA-256 in hex of everything above: which words were shown can be proved afterwards. */
  readonly hash: string;
}

/**
 * The consent texts of `ABHA_CONSENT_DIR`, a YAML file a language. Ours cover what NHA says must be covered; NHA's own current
 * text is not published with the API, so a hospital fetches it at go-live and puts it in their place.
 */
@Injectable()
export class ConsentTexts {
  private readonly texts: ReadonlyMap<string, ConsentText>;

  /** @throws Error naming the file that is not a consent text, or that English is missing */
  constructor(@Inject(CONFIG) config: Config) {
    this.texts = readConsentTexts(projectFile(config.ABHA_CONSENT_DIR));
  }

  get languages(): readonly string[] {
    return [...this.texts.keys()];
  }

  in(language: string): ConsentText | undefined {
    return this.texts.get(language);
  }
}

export function readConsentTexts(folder: string): ReadonlyMap<string, ConsentText> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const texts = files.sort().map((name) => readText(join(folder, name)));
  if (!texts.some(({ language }) => language === 'en')) {
    throw new Error(`ABHA_CONSENT_DIR (${folder}): a consent text in English is expected`);
  }
  return new Map(texts.map((text) => [text.language, text]));
}

function readText(path: string): ConsentText {
  const document = (parse(readFileSync(path, 'utf8')) ?? {}) as Record<string, unknown>;
  const { language, title, statements, operatorStatement } = document;
  // YAML reads a version such as 1.4 as a number.
  const version = typeof document['version'] === 'number' ? String(document['version']) : document['version'];
  const isRight =
    [language, version, title, operatorStatement].every(isText) && Array.isArray(statements) && statements.length > 0;
  if (!isRight || !(statements as unknown[]).every(isText)) {
    throw new Error(`${path}: language, version, title, statements and operatorStatement are expected`);
  }
  const text = { language, version, title, statements, operatorStatement } as Omit<ConsentText, 'hash'>;
  return { ...text, hash: createHash('sha256').update(JSON.stringify(text)).digest('hex') };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
