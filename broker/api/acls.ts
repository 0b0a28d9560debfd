// DescribeAcls, CreateAcls and DeleteAcls (keys 29 to 31), versions 1–3.
//
// An API key opens everything of its own cluster and nothing else, so there are no access rules
// to list, add or delete: each is answered SECURITY_DISABLED, as by a Kafka without an authorizer.
// The three stand together because they are one refusal.
import { refuse } from '../errors.ts'
import { CreateAcls } from '../protocol/messages/create-acls.ts'
import { DeleteAcls } from '../protocol/messages/delete-acls.ts'
import { DescribeAcls } from '../protocol/messages/describe-acls.ts'
import { handler } from './handler.ts'
import { refusalFields } from './refusal-fields.ts'

export const describeAcls = handler(DescribeAcls, () => ({ ...NO_RULES, resources: [] }))

export const createAcls = handler(CreateAcls, (_context, { creations }) => ({
  results: creations.map(() => NO_RULES),
}))

export const deleteAcls = handler(DeleteAcls, (_context, { filters }) => ({
  filterResults: filters.map(() => ({ ...NO_RULES, matchingAcls: [] })),
}))

const NO_RULES = refusalFields(
  refuse(
    'SECURITY_DISABLED',
    'This cluster has no access rules: each API key may do everything in its own cluster.',
  ),
)
