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
    '@node-rs/argon2',
    '@node-rs/crc32',
    '@platformatic/kafka',
    'better-sqlite3',
    'kafkajs',
    'lz4-napi',
    'snappy',
  ],
  // Server actions answer strangers with 404 and signed-out callers with 401.
  experimental: {
    authInterrupts: true,
    // The largest message that any cluster takes has 8,388,608 bytes. On the way here its quotes and
    // line breaks are escaped, which at worst doubles JSON.
    serverActions: { bodySizeLimit: '20mb' },
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
