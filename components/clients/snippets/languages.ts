import { go } from './go.ts'
import { java } from './java.ts'
import { kafkaCli } from './kafka-cli.ts'
import { kcat } from './kcat.ts'
import { nodejs } from './nodejs.ts'
import type { ClientLanguage } from './program.ts'
import { python } from './python.ts'
import { rest } from './rest.ts'
import { springBoot } from './spring-boot.ts'

/** In the order of the tiles. */
export const clientLanguages: readonly ClientLanguage[] = [
  java,
  springBoot,
  python,
  nodejs,
  go,
  kafkaCli,
  kcat,
  rest,
]
