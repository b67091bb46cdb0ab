import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import {
  MOST_ENDPOINTS,
  TooManyEndpoints,
  WebhookEndpoints,
  type Endpoint,
} from '../../flows/webhooks/webhook-endpoints.js';
import { WebhookSending } from '../../flows/webhooks/webhook-sending.flow.js';
import { UnusableAddress } from '../../support/outside-address.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { IdPipe } from '../id-pipe.js';
import { Problem } from '../problem.js';
import { DeliveryQueries } from './delivery-queries.js';
import { WEBHOOK_DESCRIPTION } from './webhook-description.js';
import {
  DeliveryFilter,
  DeliveryPage,
  DeliveryView,
  EndpointList,
  EndpointWishDto,
  SavedEndpoint,
  type EndpointView,
} from './webhooks.dto.js';

const noWebhook = () => new Problem(404, 'webhook-unknown', 'There is no webhook with this id at this facility');
const noDelivery = () => new Problem(404, 'delivery-unknown', 'There is no delivery with this id at this facility');

@ApiTags('webhooks')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly sending: WebhookSending,
    private readonly deliveries: DeliveryQueries,
  ) {}

  @Put()
  @ApiOperation({ summary: 'Be told of events, or change what is told', description: WEBHOOK_DESCRIPTION })
  @ApiResponse({ status: 200, type: SavedEndpoint })
  @ApiResponse({ status: 400, description: 'The fields to mend, or an address nothing is sent to' })
  @ApiResponse({ status: 409, description: `The facility has ${MOST_ENDPOINTS} webhooks already` })
  async save(@CalledBy() { facility, keyId }: Caller, @Body() wish: EndpointWishDto): Promise<SavedEndpoint> {
    try {
      const { secret, ...endpoint } = await this.endpoints.save({ facilityId: facility.id, keyId }, wish);
      return { ...view(endpoint), secret: secret ?? null };
    } catch (error) {
      if (error instanceof UnusableAddress) throw urlProblem(error);
      if (!(error instanceof TooManyEndpoints)) throw error;
      throw new Problem(
        409,
        'too-many-webhooks',
        `A facility has at most ${MOST_ENDPOINTS} webhooks; remove one with DELETE /api/v1/webhooks/{id}`,
      );
    }
  }

  @Get()
  @ApiOperation({ summary: 'The facility’s webhooks' })
  @ApiResponse({ status: 200, type: EndpointList })
  async list(@CalledBy() { facility }: Caller): Promise<EndpointList> {
    return { webhooks: (await this.endpoints.list(facility.id)).map(view) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a webhook, with its deliveries, also those that wait' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 204, description: 'Removed' })
  @ApiResponse({ status: 404, description: 'There is no such webhook at this facility' })
  async remove(@CalledBy() { facility, keyId }: Caller, @Param('id', new IdPipe(noWebhook)) id: string): Promise<void> {
    if (!(await this.endpoints.remove({ facilityId: facility.id, keyId }, id))) throw noWebhook();
  }

  @Get('deliveries')
  @ApiOperation({
    summary: 'What was sent, is being sent, or was given up, newest first',
    description: 'Kept for 30 days after their end.',
  })
  @ApiResponse({ status: 200, type: DeliveryPage })
  listDeliveries(@CalledBy() { facility }: Caller, @Query() filter: DeliveryFilter): Promise<DeliveryPage> {
    return this.deliveries.list(facility.id, filter);
  }

  @Post('deliveries/:id/resend')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a delivery now: one that waits for its next try, or once more one that ended',
    description: 'The same id, the same body, another day of tries.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 202, type: DeliveryView })
  @ApiResponse({ status: 404, description: 'There is no such delivery at this facility' })
  @ApiResponse({ status: 409, description: 'It is being sent in this moment, or its webhook is switched off' })
  async resend(
    @CalledBy() { facility }: Caller,
    @Param('id', new IdPipe(noDelivery)) id: string,
  ): Promise<DeliveryView> {
    const outcome = await this.sending.resend(facility.id, id);
    if (outcome === 'in-flight') {
      throw new Problem(
        409,
        'delivery-in-flight',
        'It is being sent in this moment; see in some seconds what came of it',
      );
    }
    if (outcome === 'disabled') {
      throw new Problem(409, 'webhook-disabled', 'Its webhook is switched off; switch it on with PUT /api/v1/webhooks');
    }
    const delivery = outcome === 'unknown' ? undefined : await this.deliveries.one(facility.id, id);
    if (delivery === undefined) throw noDelivery();
    return delivery;
  }
}

const view = (endpoint: Endpoint) =>
  ({
    ...endpoint,
    events: [...endpoint.events],
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  }) satisfies EndpointView;

const urlProblem = ({ reason }: UnusableAddress): Problem =>
  new Problem(
    400,
    'webhook-url-not-allowed',
    'Give an https address with a public name. For a server on an inside network, ask whoever runs the adapter to add its origin to WEBHOOK_ALLOWED_ORIGINS',
    [{ field: 'url', code: 'not-allowed', detail: reason }],
  );
