import { storageContract } from '../contract.ts'
import { openMemoryStorage } from './storage.ts'

storageContract('memory', { create: async () => openMemoryStorage(), reopen: null })
