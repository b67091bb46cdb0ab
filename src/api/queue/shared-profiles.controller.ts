import { Controller, Get, Header, Param, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { SharedProfileReading } from '../../flows/scan-and-share/shared-profile-reading.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { IdPipe } from '../id-pipe.js';
import { Problem } from '../problem.js';
import { SharedProfileView } from './queue.dto.js';

const noProfile = () =>
  new Problem(404, 'profile-unknown', 'Nobody has shared a profile under this id at this facility');

@ApiTags('queue')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/shared-profiles')
export class SharedProfilesController {
  constructor(private readonly profiles: SharedProfileReading) {}

  @Get(':id')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'What a patient shared by scanning a counter’s code, to fill her registration with',
    description: 'Kept until the day is over, then erased. Each look is written to the audit.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 200, type: SharedProfileView })
  @ApiResponse({ status: 404, description: 'This facility has no such profile' })
  @ApiResponse({ status: 410, description: 'It was erased after its day' })
  async one(
    @CalledBy() { facility, keyId }: Caller,
    @Param('id', new IdPipe(noProfile)) id: string,
  ): Promise<SharedProfileView> {
    const profile = await this.profiles.read({ facilityId: facility.id, keyId }, id);
    if (profile === undefined) throw noProfile();
    if (profile === 'erased') {
      throw new Problem(
        410,
        'profile-erased',
        'Her profile was erased at the end of its day; let her scan the counter’s code again',
      );
    }
    const { line, district, state, pin } = profile.addressParts;
    return {
      id,
      abhaNumber: profile.abhaNumber ?? null,
      abhaAddress: profile.abhaAddress ?? null,
      name: profile.name,
      gender: profile.gender,
      yearOfBirth: profile.yearOfBirth ?? null,
      monthOfBirth: profile.monthOfBirth ?? null,
      dayOfBirth: profile.dayOfBirth ?? null,
      mobile: profile.mobile ?? null,
      address: { line: line ?? null, district: district ?? null, state: state ?? null, pin: pin ?? null },
    };
  }
}
