import type { WebhookFailure } from '../../flows/webhooks/webhook-post.js';

/** Why a delivery did not arrive, and what to do. */
export const WEBHOOK_FAILURES_EN: Record<WebhookFailure, string> = {
  timeout: 'The endpoint did not answer in time. Answer with 2xx first, and do the work afterwards.',
  'no-connection': 'The endpoint could not be reached. Check that its server runs and its certificate is valid.',
  'address-not-allowed':
    'The endpoint’s address is not a public one. Ask whoever runs the adapter to allow its origin.',
  redirect: 'The endpoint answered with a redirect, which is not followed. Give the final address.',
  refused: 'The endpoint refused the delivery. Check its address and how it checks the signature.',
  'server-error': 'The endpoint answered with an error of its own. See its log.',
  'endpoint-disabled': 'The endpoint was switched off. Switch it on, then send the delivery again.',
  'own-fault': 'Something went wrong in the adapter. Tell whoever runs it.',
};
