import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js'

/** @type {import('next').NextConfig} */
const config = {
  // `start/build.mjs` builds into a folder of its own and swaps it in.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // Otherwise a stray lock file above the project would make its folder the root.
  turbopack: { root: import.meta.dirname },
  // `npm test` checks the types of everything; a start on someone's machine need not again.
  typescript: { ignoreBuildErrors: true },
  // Native and wasm modules, and a Kafka client that Turbopack cannot bundle.
  serverExternalPackages: [
    '@bokuweb/zstd-wasm',
    '@bokuweb/zstd-wasm',
    '@node-rs/argon2',
    '@node-rs/crc32',
    '@platformatic/kafka',
    'better-sqlite3',
    'kafkajs',
    'lz4-napi',
    'snappy',
    'lz4-napi',
    'snappy',
  ],
  // Server actions answer strangers with 404 and signed-out callers with 401.
  experimental: {
    authInterrupts: true,
    // A message produced by hand may be as large as a topic takes by default (2,097,164 bytes) and
    // more: the broker then says so in Kafka's words.
    serverActions: { bodySizeLimit: '4mb' },
  },
  // Browser and server share a machine: compression would cost time and hold back streams.
  compress: false,
  poweredByHeader: false,
  devIndicators: false,
}

// A `page.dev.tsx` is a page of the development server alone; a production build has never heard of it.
export default (phase) =>
  phase === PHASE_DEVELOPMENT_SERVER
    ? { ...config, pageExtensions: ['tsx', 'ts', 'dev.tsx'] }
    : config
