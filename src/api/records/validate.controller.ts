import { Body, Controller, Header, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { DocumentCheck } from '../../flows/visits/document-check.js';
import { ApiKeyGuard } from '../api-key.guard.js';

@ApiTags('records')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/validate')
export class ValidateController {
  constructor(private readonly documents: DocumentCheck) {}

  @Post()
  @HttpCode(200)
  @Header('Content-Type', 'application/fhir+json; charset=utf-8')
  @ApiOperation({
    summary: 'Check a FHIR document against R4 and the NRCeS profiles',
    description:
      'The same validator every record passes before it is linked. The answer is an OperationOutcome and never repeats a value of the document; nothing is stored.',
  })
  @ApiBody({ schema: { type: 'object', additionalProperties: true, example: { resourceType: 'Bundle' } } })
  @ApiResponse({ status: 200, description: 'OperationOutcome; an issue of severity error means it may not be sent' })
  validate(@Body() document: unknown): ReturnType<DocumentCheck['check']> {
    return this.documents.check(document);
  }
}
