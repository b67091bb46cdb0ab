import { Controller, Get, Headers, Query, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { KeyHolder } from '../../persistence/api-keys.js';
import { Facilities } from '../../persistence/facilities.js';
import { Problem } from '../problem.js';
import { OpdReports, type OpdReport } from './opd-reports.js';
import { reportCsv } from './report-csv.js';
import { ReadBy, ReportKeyGuard } from './report-key.guard.js';
import { OpdReportQuery, OpdReportView } from './reports.dto.js';

@ApiTags('reports')
@ApiSecurity('api-key')
@UseGuards(ReportKeyGuard)
@Controller('api/v1/reports')
export class ReportsController {
  constructor(
    private readonly reports: OpdReports,
    private readonly facilities: Facilities,
  ) {}

  @Get('opd')
  @ApiOperation({
    summary: 'OPD registrations, and how many came by scan and share and are ABHA-linked',
    description:
      'A registration is a visit that was not withdrawn, or a patient registered that day without a visit yet. The rows add up to ' +
      'the total. A facility sees its own; a district’s key (`npm run keys -- add --district …`) all facilities of the ' +
      'district, a calendar month that is over at a time, with counts of 1 to 4 as `<5` and such as would give one of them away as `hidden`.',
  })
  @ApiProduces('application/json', 'text/csv')
  @ApiResponse({ status: 200, type: OpdReportView })
  @ApiResponse({ status: 400, description: 'Not a period; with a district’s key: not a whole month, or not over yet' })
  @ApiResponse({ status: 403, description: 'by=counter with a district’s key' })
  async opd(
    @ReadBy() reader: KeyHolder,
    @Query() query: OpdReportQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpdReportView | string> {
    const report = await this.report(reader, query);
    if (!isCsv(query, accept)) return { ...report };
    const name = `opd-${report.from}-${report.to}-by-${report.by}.csv`;
    void reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`);
    return reportCsv(report, query.lang);
  }

  private async report(reader: KeyHolder, { from, to, by }: OpdReportQuery): Promise<OpdReport> {
    if (reader.role === 'district') {
      if (by !== 'counter') return this.reports.ofDistrict(reader, { from, to }, by);
      throw new Problem(
        403,
        'facility-only',
        'Counters are seen with the API key of their own facility; ask by day or facility',
      );
    }
    const facility = await this.facilities.byId(reader.facilityId);
    if (facility === undefined) throw new Error('An API key is of a facility that is not known');
    return this.reports.ofFacility(facility, { from, to }, by);
  }
}

const isCsv = ({ format }: OpdReportQuery, accept = ''): boolean =>
  format === undefined ? /^\s*text\/csv\b/i.test(accept) : format === 'csv';
