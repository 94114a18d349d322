/** Sends one file by tus: in portions, each tried again when it fails; what was begun earlier is gone on with. */
import { type DetailedError, Upload } from 'tus-js-client';
import type { Happening } from './machine';
import type { MakeTransport, Transport } from './queue';

const RETRY_DELAYS_MS = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000];
const SIGNED_OUT = [401, 403];

export interface Address {
  readonly url: string;
  readonly csrf: string;
  readonly chunk_bytes: number;
  /** What is said when the person may not send here any more, and when the server says no more than no. */
  readonly words: { readonly over: string; readonly refused: string };
}

class SignedOut extends Error {}

export const sendingTo =
  (address: Address): MakeTransport =>
  (file, tell) =>
    new TusTransport(address, file, tell);

class TusTransport implements Transport {
  private readonly upload: Upload;
  private begun = false;
  private stopped = true;

  constructor(address: Address, file: File, tell: (happening: Happening) => void) {
    this.upload = new Upload(file, {
      endpoint: address.url,
      chunkSize: address.chunk_bytes,
      retryDelays: RETRY_DELAYS_MS,
      headers: { 'X-CSRFToken': address.csrf },
      metadata: { filename: file.name },
      removeFingerprintOnSuccess: true,
      // Thrown here, because the client would forget a file whose address answers 4xx: after a new sign-in it shall go on.
      onAfterResponse: (_request, response) => {
        if (SIGNED_OUT.includes(response.getStatus())) throw new SignedOut();
      },
      onShouldRetry: (error) => {
        if (causeOf(error) instanceof SignedOut || !isPassing(statusOf(error)) || !navigator.onLine)
          return false;
        tell({ kind: 'trouble' });
        return true;
      },
      onProgress: (sent) => tell({ kind: 'progress', sent }),
      onSuccess: () => tell({ kind: 'done' }),
      onError: (error) => tell(endOf(error, address)),
    });
  }

  start(): void {
    this.stopped = false;
    void this.go();
  }

  stop(): void {
    this.stopped = true;
    void this.upload.abort();
  }

  private async go(): Promise<void> {
    if (!this.begun) {
      const [earlier] = await this.upload.findPreviousUploads();
      if (earlier !== undefined) this.upload.resumeFromPreviousUpload(earlier);
      this.begun = true;
    }
    if (!this.stopped) this.upload.start();
  }
}

/** Says what a failure that is not tried again means: the line is gone, the server is silent, or it will not have the file. */
function endOf(error: Error | DetailedError, address: Address): Happening {
  if (causeOf(error) instanceof SignedOut) return { kind: 'refused', words: address.words.over };
  const status = statusOf(error);
  if (isPassing(status)) return navigator.onLine ? { kind: 'stuck' } : { kind: 'line_lost' };
  return { kind: 'refused', words: saidBy(error) || address.words.refused };
}

function saidBy(error: Error | DetailedError): string {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  return response?.getHeader('Content-Type')?.startsWith('text/plain') ? response.getBody() : '';
}

const statusOf = (error: Error | DetailedError): number =>
  ('originalResponse' in error ? error.originalResponse?.getStatus() : undefined) ?? 0;

const causeOf = (error: Error | DetailedError): unknown =>
  'causingError' in error ? error.causingError : null;

/** No answer, a conflict that asking where it stands resolves, or a server in trouble. */
const isPassing = (status: number): boolean =>
  status === 0 || status === 409 || status === 423 || status >= 500;
