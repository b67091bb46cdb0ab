import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HiuPushes, type Push } from './pushes.js';

/** The simulated HIU's `dataPushUrl`. */
@Controller('hiu/push')
export class PushController {
  constructor(private readonly pushes: HiuPushes) {}

  @Post(':secret')
  @HttpCode(202)
  async push(@Param('secret') secret: string, @Body() body: Push, @Req() request: FastifyRequest): Promise<void> {
    await this.pushes.receive(secret, body, request.headers.authorization);
  }
}
