import { Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { MergeDecisions, type NamedProposal } from '../../flows/patients/merge-decisions.flow.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { IdPipe } from '../id-pipe.js';
import { Problem } from '../problem.js';
import { MergeFilter, MergeProposalPage, MergeProposalView } from './merge-proposals.dto.js';

const badId = () => new Problem(404, 'proposal-unknown', 'There is no merge proposal with this id at this facility');
const PROPOSAL_ID = new IdPipe(badId);

@ApiTags('patients')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/patients/merge-proposals')
export class MergeProposalsController {
  constructor(private readonly decisions: MergeDecisions) {}

  @Get()
  @ApiOperation({
    summary: 'Patients of this facility that came with the same ABHA, oldest first',
    description:
      'One person registered twice, or an ABHA typed at the wrong patient: only the hospital can say. Until it does, both stay ' +
      'as they are, and each visit is linked only if ABDM finds that its patient fits the ABHA.',
  })
  @ApiResponse({ status: 200, type: MergeProposalPage })
  async list(@CalledBy() caller: Caller, @Query() filter: MergeFilter): Promise<MergeProposalPage> {
    const { limit, ...which } = filter;
    const found = await this.decisions.list(decider(caller), { ...which, limit: limit + 1 });
    const proposals = found.slice(0, limit).map(view);
    return { proposals, next: found.length > limit ? (proposals.at(-1)?.id ?? null) : null };
  }

  @Post(':id/accept')
  @HttpCode(200)
  @ApiOperation({
    summary: 'They are one person',
    description:
      'From now on she finds the visits of both in her ABHA app. Patient numbers, visits and links stay as they are. It cannot ' +
      'be taken back here.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 200, type: MergeProposalView })
  @ApiResponse({ status: 404, description: 'There is no such proposal at this facility' })
  @ApiResponse({ status: 409, description: 'It was rejected before' })
  accept(@CalledBy() caller: Caller, @Param('id', PROPOSAL_ID) id: string): Promise<MergeProposalView> {
    return this.decide(caller, id, 'accepted');
  }

  @Post(':id/reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'They are two persons: not proposed again. Correct the ABHA of the one it is not of' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 200, type: MergeProposalView })
  @ApiResponse({ status: 404, description: 'There is no such proposal at this facility' })
  @ApiResponse({ status: 409, description: 'It was accepted before' })
  reject(@CalledBy() caller: Caller, @Param('id', PROPOSAL_ID) id: string): Promise<MergeProposalView> {
    return this.decide(caller, id, 'rejected');
  }

  private async decide(caller: Caller, id: string, decision: 'accepted' | 'rejected'): Promise<MergeProposalView> {
    const decided = await this.decisions.decide(decider(caller), id, decision);
    if (decided === undefined) throw badId();
    if (decided === 'decided-otherwise') {
      throw new Problem(
        409,
        'decided-otherwise',
        'The other decision was made before and stands; tell whoever runs the adapter if it was wrong',
      );
    }
    return view(decided);
  }
}

const decider = ({ facility, keyId }: Caller) => ({ facilityId: facility.id, keyId });

const view = (proposal: NamedProposal): MergeProposalView => ({
  id: proposal.id,
  reason: proposal.reason,
  state: proposal.state,
  patient: { uhid: proposal.uhid },
  other: { uhid: proposal.otherUhid },
  madeAt: proposal.madeAt.toISOString(),
  decidedAt: proposal.decidedAt?.toISOString() ?? null,
});
