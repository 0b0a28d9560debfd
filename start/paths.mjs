import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** An installed package's program, without npx's half second. */
export const bin = (name) => join(root, 'node_modules', '.bin', name)
