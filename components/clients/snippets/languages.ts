import { go } from './go.ts'
import { java } from './java.ts'
import { kcat } from './kcat.ts'
import { nodejs } from './nodejs.ts'
import type { ClientLanguage } from './program.ts'
import { python } from './python.ts'

/** In the order of the tiles. */
export const clientLanguages: readonly ClientLanguage[] = [java, python, nodejs, go, kcat]
