import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Transfer } from '../consent-manager/transfers.js';
import { ConnectionCut, envelopeRefusal, Refusal } from '../contract/refusal.js';
import { type PushAnswer, Settings } from '../settings.js';

/** This HIU can be slow, unwilling or gone: as the request said, else as the settings say. */
@Injectable()
export class PushAnswers {
  constructor(private readonly settings: Settings) {}

  /**
   * Misbehaves as told, before the page is read.
   * @returns what is left to do once it has been taken
   * @throws Refusal or ConnectionCut when it is not to be taken
   */
  async before(transfer: Transfer | undefined, page: number, socket: Socket): Promise<PushAnswer | undefined> {
    const told = takenFrom(transfer, page) ?? this.takenFromSettings(page);
    if (!told) return undefined;
    if (told.delayMs) await wait(told.delayMs);
    if (told.hang) await once(socket, 'close');
    if (told.dropConnection || told.hang) throw new ConnectionCut();
    if (told.redirectTo !== undefined) throw new Refusal(told.status ?? 302, undefined, { location: told.redirectTo });
    if (told.status !== undefined && told.status >= 300) throw envelopeRefusal(told.status, '4500', 'Unknown error');
    return told;
  }

  private takenFromSettings(page: number): PushAnswer | undefined {
    const told = this.settings.current.pushAnswer;
    if (!told || !meets(told, page)) return undefined;
    this.settings.change({ pushAnswer: afterOne(told) });
    return told;
  }
}

function takenFrom(transfer: Transfer | undefined, page: number): PushAnswer | undefined {
  const answers = transfer?.pushAnswers ?? [];
  const index = answers.findIndex((one) => meets(one, page));
  const told = answers[index];
  if (!told) return undefined;
  const left = afterOne(told);
  answers.splice(index, 1, ...(left ? [left] : []));
  return told;
}

const meets = (told: PushAnswer, page: number): boolean => told.page === undefined || told.page === page;

function afterOne(told: PushAnswer): PushAnswer | undefined {
  if (told.times === undefined) return told;
  return told.times > 1 ? { ...told, times: told.times - 1 } : undefined;
}
