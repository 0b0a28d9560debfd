import { presetClusterId } from '../broker/rules/ids.ts'
import { ciClusterName } from './format/client-places.ts'

/** Of the cluster that the script for CI starts with: the id follows from the names. */
export const ciClusterId = presetClusterId('default', ciClusterName)
