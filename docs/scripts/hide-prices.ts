/** Changes JSON on its way to the client, and messages of a WebSocket. Bodies that are not JSON stream past. */
import type { Message, Response, SentRequest } from 'sluice';

interface Item {
  price?: number;
}

export async function response(response: Response, request: SentRequest): Promise<void> {
  if (!response.headers.get('content-type')?.includes('json')) return;
  const body: { items?: Item[] } = await response.json();
  for (const item of body.items ?? []) item.price = 0;
  response.setJson(body);
  console.log('no prices any more in', request.path);
}

export function message(message: Message): void {
  if (message.text === 'ping') message.drop();
  else if (message.text !== undefined) message.text = message.text.replace(/\d+ EUR/g, '0 EUR');
}
