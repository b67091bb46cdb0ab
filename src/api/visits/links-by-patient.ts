import type { EntityManager } from 'typeorm';
import type { UserLinkState } from '../../persistence/entities/discovery.entity.js';

/** A link the patient began in her app, with a visit among what she chose. */
export interface LinkByPatient {
  readonly id: string;
  readonly state: UserLinkState;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  /** When the last wrong code was typed. */
  readonly wrongCodeAt: Date | null;
}

/**
 * The links in which she chose this visit, oldest first. By way of the person, who may be registered twice: her links are
 * few, and found by index.
 */
export function linksByPatient(db: Pick<EntityManager, 'query'>, visitId: string): Promise<readonly LinkByPatient[]> {
  return db.query(
    `SELECT k.id, k.state, k.expires_at AS "expiresAt", k.ended_at AS "endedAt",
       (SELECT max(a.at) FROM audit a
        WHERE a.subject_id = k.id AND a.action = 'link.confirmed' AND a.outcome = 'otp-wrong') AS "wrongCodeAt"
     FROM care_context c
     JOIN patient me ON me.id = c.patient_id
     JOIN patient p ON p.id IN (me.id, me.merged_into) OR p.merged_into = coalesce(me.merged_into, me.id)
     JOIN user_link k ON k.patient_id = p.id
     JOIN user_link_context u ON u.user_link_id = k.id AND u.care_context_id = c.id
     WHERE c.visit_id = $1 ORDER BY k.made_at, k.id`,
    [visitId],
  );
}
