import type { SimulatorOptions } from './settings.js';
import { startSimulator } from './simulator.js';

/**
 * ABDM's side as a program.
 *
 * | variable | meaning | default |
 * |---|---|---|
 * | SIMULATOR_PORT | port | 4100 |
 * | SIMULATOR_HOST | address to listen on | 127.0.0.1 |
 * | SIMULATOR_PUBLIC_URL | how the adapter reaches it, when that differs | the listening address |
 * | SIMULATOR_CALLBACK_DELAY_MS | from–to, e.g. `200-2000` | 200-2000 |
 * | SIMULATOR_REDELIVER_AFTER_MS | waits before a callback that was not taken comes again, e.g. `2000,960000` | 2000,2000,960000 (the last: 16 minutes) |
 * | SIMULATOR_SMS_GATEWAY_SECRET | the simulator is the hospital's SMS gateway too, for webhooks under this secret | it is none |
 * | SIMULATOR_AUTO_PULL | the patient's app pulls after a notify: true, false | true |
 * | SIMULATOR_OPEN_REGISTRATION | unknown clients are registered by their first session | false |
 */
function optionsFrom(env: NodeJS.ProcessEnv): SimulatorOptions {
  const delay = /^(\d+)(?:-(\d+))?$/.exec(env['SIMULATOR_CALLBACK_DELAY_MS'] ?? '200-2000');
  if (!delay) throw new Error('SIMULATOR_CALLBACK_DELAY_MS must look like 200-2000, in milliseconds.');
  const port = Number(env['SIMULATOR_PORT'] ?? '4100');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('SIMULATOR_PORT must be a port number.');
  const redeliver = env['SIMULATOR_REDELIVER_AFTER_MS'];
  if (redeliver !== undefined && !/^\d{1,9}(,\d{1,9}){0,9}$/.test(redeliver))
    throw new Error('SIMULATOR_REDELIVER_AFTER_MS must look like 2000,960000, in milliseconds.');
  const smsGatewaySecret = env['SIMULATOR_SMS_GATEWAY_SECRET'];
  const publicUrl = env['SIMULATOR_PUBLIC_URL'];
  return {
    port,
    host: env['SIMULATOR_HOST'] ?? '127.0.0.1',
    callbackDelayMs: [Number(delay[1]), Number(delay[2] ?? delay[1])],
    autoPull: env['SIMULATOR_AUTO_PULL'] !== 'false',
    openRegistration: env['SIMULATOR_OPEN_REGISTRATION'] === 'true',
    ...(redeliver === undefined ? {} : { redeliverAfterMs: redeliver.split(',').map(Number) }),
    ...(smsGatewaySecret ? { smsGatewaySecret } : {}),
    ...(publicUrl ? { publicUrl } : {}),
  };
}

const simulator = await startSimulator(optionsFrom(process.env));
console.log(`ABDM simulator: ${simulator.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void simulator.close().then(() => process.exit(0)));
}
