import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Violations } from '../gateway/violations.js';
import { AbhaPeople } from './people.js';

/** Twelve digits as people group them, and not the middle of a longer number such as 91-7000-0000-0047. */
const TWELVE_DIGITS = /(?<!\d)(?<!\d-)\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)/g;

/**
 * Looks for Aadhaar numbers of known people in everything ABDM is sent: they may come encrypted only.
 * A guard that lets everything pass, and stands before those that refuse.
 */
@Injectable()
export class AadhaarWatch implements CanActivate {
  constructor(
    private readonly people: AbhaPeople,
    private readonly violations: Violations,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!request.url.startsWith('/simulator') && this.people.hasAadhaarNumbers()) this.look(request);
    return true;
  }

  private look(request: FastifyRequest): void {
    const places = {
      path: decoded(request.url),
      headers: Object.values(request.headers).join('\n'),
      body: typeof request.body === 'object' ? JSON.stringify(request.body) : '',
    };
    for (const [place, text] of Object.entries(places)) {
      if (!this.holdsAadhaar(text)) continue;
      this.violations.record('aadhaar-in-clear', `in the ${place}`, { path: request.routeOptions.url });
    }
  }

  private holdsAadhaar(text: string): boolean {
    const found = text.match(TWELVE_DIGITS) ?? [];
    return found.some((one) => this.people.holder(one.replace(/\D/g, '')) !== undefined);
  }
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
