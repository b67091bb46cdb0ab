import { Body, Controller, Delete, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { Clients, type Facility } from '../gateway/clients.js';
import { type Link, Links } from '../linking/links.js';
import type { DateRange } from '../consent-manager/grant.js';
import { PatientApp } from '../patient-app/patient-app.js';
import { type Patient, Patients } from '../patient-app/patients.js';
import { checked } from './checked-body.js';
import { CLIENT, FACILITY, PATIENTS, PULL } from './schemas.js';

interface ClientBody {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly bridgeUrl?: string;
}
interface PullBody {
  readonly hipId?: string;
  readonly dateRange?: DateRange;
}

/**
 * Who exists, and what the patient sees and does.
 *
 * | call | body → answer |
 * |---|---|
 * | POST /simulator/facilities | {id, name, clientId} |
 * | POST /simulator/clients | {clientId, clientSecret, bridgeUrl?} |
 * | DELETE /simulator/sessions | all session tokens end now |
 * | POST /simulator/patients | {abhaAddress, abhaNumber, name, gender, yearOfBirth, monthOfBirth?, dayOfBirth?, address?: {line?, district?, state?, pincode?}, mobile?, isDeactivated?} or an array |
 * | GET /simulator/patients/{abhaAddress}/care-contexts | → [{hipId, patientReference, careContextReference, display, hiTypes}] |
 * | POST /simulator/patients/{abhaAddress}/pull | {hipId?, dateRange?} → [{consentId, transactionId, hipId}] once the requests are sent |
 * | GET /simulator/links | → [{abhaAddress, hipId, patientReference, careContextReference, display, hiTypes, linkedAt, timesLinked, timesAskedAgain, timesNotified}] |
 */
@Controller('simulator')
export class RegistryController {
  constructor(
    private readonly clients: Clients,
    private readonly patients: Patients,
    private readonly links: Links,
    private readonly app: PatientApp,
  ) {}

  @Post('facilities')
  addFacility(@Body(checked(FACILITY)) facility: Facility): Facility {
    this.clients.addFacility(facility);
    return facility;
  }

  @Post('clients')
  addClient(@Body(checked(CLIENT)) body: ClientBody): { clientId: string; bridgeUrl: string | undefined } {
    const { clientId, bridgeUrl } = this.clients.register(body.clientId, body.clientSecret, body.bridgeUrl);
    return { clientId, bridgeUrl };
  }

  @Delete('sessions')
  @HttpCode(204)
  endSessions(): void {
    this.clients.endSessions();
  }

  @Post('patients')
  addPatients(@Body(checked(PATIENTS)) body: Patient | readonly Patient[]): { added: number } {
    const patients = Array.isArray(body) ? (body as readonly Patient[]) : [body as Patient];
    for (const patient of patients) this.patients.add(patient);
    return { added: patients.length };
  }

  @Get('patients/:abhaAddress/care-contexts')
  careContexts(@Param('abhaAddress') abhaAddress: string) {
    return this.links.of(abhaAddress).map((link) => ({
      hipId: link.hipId,
      patientReference: link.patientReference,
      careContextReference: link.careContextReference,
      display: link.display,
      hiTypes: [...link.hiTypes],
    }));
  }

  @Post('patients/:abhaAddress/pull')
  @HttpCode(200)
  pull(@Param('abhaAddress') abhaAddress: string, @Body(checked(PULL)) body: PullBody) {
    if (!this.patients.withAddress(abhaAddress)) {
      throw new NotFoundException('No such patient. Add her with POST /simulator/patients first.');
    }
    return this.app.pull(abhaAddress, body.hipId, body.dateRange);
  }

  @Get('links')
  allLinks() {
    return [...this.links.all()].map(shown);
  }
}

function shown(link: Link) {
  return { ...link, hiTypes: [...link.hiTypes], linkedAt: new Date(link.linkedAt).toISOString() };
}
