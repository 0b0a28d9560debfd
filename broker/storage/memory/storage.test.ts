import { storageContract } from '../contract.ts'
import { openMemoryStorage } from './storage.ts'

storageContract('memory', {
  empty: async () => openMemoryStorage(),
  reopen: null,
  modelRuns: Number(process.env.MODEL_RUNS ?? 100),
})
