import { answerScrape } from '@/lib/queries/metrics-export'

/** The metrics of the cluster whose API key is brought along, for Prometheus and its like. */
export function GET(request: Request): Promise<Response> {
  return answerScrape(request.headers)
}
