import { Body, Controller, Get, HttpStatus, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Registering, type RegistrationOutcome } from '../../flows/registrations/registering.flow.js';
import { RegistrationRefused } from '../../flows/registrations/registration-refused.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { IdPipe } from '../id-pipe.js';
import { Problem } from '../problem.js';
import { refusalProblem, registrationAnswer, registrationView } from './registration-view.js';
import { RegistrationAnswer, RegistrationBody, RegistrationView } from './registrations.dto.js';

const badId = () => new Problem(404, 'registration-unknown', 'There is no registration with this id at this facility');

@ApiTags('registrations')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/registrations')
export class RegistrationsController {
  constructor(private readonly registering: Registering) {}

  @Post()
  @ApiOperation({
    summary: 'Register a patient for the OPD: by a shared profile, an ABHA session, or without an ABHA',
    description:
      'The ABHA becomes the patient’s, and her visits that wait for one are linked. Sending the same again gives the same ' +
      'registration; without session and profile she is registered once a day. 202 means that nothing was changed and the ' +
      'clerk has something to decide: see `state` and `message`. Nobody needs an ABHA to be registered. A session at a ' +
      'kiosk ends with it.',
  })
  @ApiResponse({ status: 201, type: RegistrationAnswer, description: 'Registered' })
  @ApiResponse({ status: 200, type: RegistrationAnswer, description: 'Was registered before: the same registration' })
  @ApiResponse({ status: 202, type: RegistrationAnswer, description: 'Not registered: the clerk has to decide' })
  @ApiResponse({
    status: 400,
    description: 'Fields, columns or the patient number have to be mended; see `code` and `errors`',
  })
  @ApiResponse({ status: 404, description: 'This facility has no such shared profile, or no such counter' })
  @ApiResponse({ status: 409, description: 'The session is not usable, or ended in another patient’s registration' })
  @ApiResponse({ status: 410, description: 'The shared profile was erased' })
  async register(
    @CalledBy() caller: Caller,
    @Body() body: RegistrationBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegistrationAnswer> {
    try {
      const outcome = await this.registering.register(desk(caller), body);
      void reply.status(statusOf(outcome));
      return registrationAnswer(outcome);
    } catch (error) {
      if (error instanceof RegistrationRefused) throw refusalProblem(error);
      throw error;
    }
  }

  @ApiResponse({ status: 404, description: 'This facility has no such registration' })
  @Get(':id')
  @ApiOperation({ summary: 'One registration. Reading it is written to the audit' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 200, type: RegistrationView })
  async find(@CalledBy() caller: Caller, @Param('id', new IdPipe(badId)) id: string): Promise<RegistrationView> {
    const registration = await this.registering.find(desk(caller), id);
    if (registration === undefined) throw badId();
    return registrationView(registration);
  }
}

const desk = ({ facility, keyId }: Caller) => ({ facilityId: facility.id, keyId });

function statusOf(outcome: RegistrationOutcome): HttpStatus {
  if (outcome.state !== 'registered') return HttpStatus.ACCEPTED;
  return outcome.isRepeated ? HttpStatus.OK : HttpStatus.CREATED;
}
