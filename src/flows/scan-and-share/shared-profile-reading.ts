import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { appendAudit } from '../../persistence/audit.js';
import { SharedProfiles, type SharedProfile } from '../../persistence/shared-profiles.js';
import { CLOCK, type Clock } from '../../support/clock.js';

/** A desk looks at who shared, to fill its form with. Each look is audited, in the transaction that opens the profile. */
@Injectable()
export class SharedProfileReading {
  constructor(
    private readonly db: DataSource,
    private readonly profiles: SharedProfiles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(
    { facilityId, keyId }: { readonly facilityId: string; readonly keyId: string },
    id: string,
  ): Promise<SharedProfile | 'erased' | undefined> {
    return this.db.transaction(async (tx) => {
      const found = await this.profiles.find(tx, facilityId, id);
      if (found === undefined) return undefined;
      await appendAudit(tx, {
        at: this.clock.now(),
        actor: `hospital:${keyId}`,
        action: 'profile.read',
        facilityId,
        subjectId: id,
        outcome: found === 'erased' ? 'erased' : 'shown',
      });
      return found;
    });
  }
}
