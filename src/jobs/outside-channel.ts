import type { WorkerEvents } from 'graphile-worker';

/** On which the workers for outsiders hear of a job of theirs. */
export const OUTSIDE_CHANNEL = 'jobs:outside';
const ENGINES_CHANNEL = 'jobs:insert';

type Query = (...args: unknown[]) => unknown;

/**
 * The engine tells every pool of every job, and each asks the database for one: with two pools that was a quarter of all
 * statements for a visit, and a third of its speed. So the pool for outsiders listens to a channel of its own
 * (`JobQueue.add`); what nobody tells it of, such as a job whose time has come, it finds within a second by looking.
 */
export function listensApart(events: WorkerEvents): void {
  // Told before the engine sends its LISTEN.
  events.on('pool:listen:success', ({ client }) => {
    const query = client.query.bind(client) as Query;
    const apart: Query = (text, ...rest) =>
      query(typeof text === 'string' ? text.replaceAll(`"${ENGINES_CHANNEL}"`, `"${OUTSIDE_CHANNEL}"`) : text, ...rest);
    client.query = apart as typeof client.query;
    const emit = client.emit.bind(client);
    client.emit = (event: string | symbol, ...args: unknown[]): boolean => {
      const [message] = args as [{ channel?: string } | undefined];
      const isOurs = event === 'notification' && message?.channel === OUTSIDE_CHANNEL;
      return isOurs ? emit(event, { ...message, channel: ENGINES_CHANNEL }) : emit(event, ...args);
    };
  });
}
