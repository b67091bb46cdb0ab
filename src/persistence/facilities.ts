import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Facility } from './entities/facility.entity.js';

const LOOK_AGAIN_MS = 10_000;

/** The facilities served here. Few and seldom changed, so each process keeps them for ten seconds. */
@Injectable()
export class Facilities {
  private known: readonly Facility[] = [];
  private readAt = -Infinity;

  constructor(private readonly db: DataSource) {}

  byId(id: string): Promise<Facility | undefined> {
    return this.find((facility) => facility.id === id);
  }

  /** `X-HIP-ID`. */
  byServiceId(serviceId: string): Promise<Facility | undefined> {
    return this.find((facility) => facility.serviceId === serviceId);
  }

  private async find(wanted: (facility: Facility) => boolean): Promise<Facility | undefined> {
    const isFresh = performance.now() - this.readAt < LOOK_AGAIN_MS;
    const found = this.known.find(wanted);
    if (isFresh && found !== undefined) return found;
    // A facility made a moment ago must not wait; a stranger's id costs one small query.
    this.known = await this.db.getRepository(Facility).find();
    this.readAt = performance.now();
    return this.known.find(wanted);
  }
}
