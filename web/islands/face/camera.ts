/** The camera: opened inside a press, looked at for what it says of itself, closed as soon as nobody needs it. */
import type { Why } from '../../core/face_check';
import type { Input, Camera as Opened } from './events';

/** A camera that is allowed but shows no picture for so long is held by another program. */
const NO_PICTURE_MS = 8_000;
const DRAWN_WITHIN_MS = 300;
/** HTMLMediaElement.HAVE_CURRENT_DATA. */
const HAS_PICTURE = 2;

const WISHES: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 480 },
  frameRate: { ideal: 30 },
};

/** What the page tells the server of the camera: its word, and only good for doubting it. */
export interface CameraFacts {
  readonly label: string;
  readonly constructor: string;
  readonly inputs: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly supported: readonly string[];
  readonly native: boolean;
  readonly frame_callback: boolean;
  readonly screen: readonly [number, number];
  readonly agent: string;
}

/** Why a camera cannot be opened. */
export class CameraRefusal extends Error {
  readonly why: Why;

  constructor(why: Why) {
    super(why);
    this.why = why;
  }
}

export interface News {
  /** The camera is allowed: Safari shows its first picture only in an element that is seen. */
  allowed(): void;
  /** The camera went away by itself. */
  lost(): void;
}

export class Camera {
  private readonly video: HTMLVideoElement;
  private stream: MediaStream | null = null;
  private inputs: readonly Input[] = [];
  /** Each opening takes the place of the one before. */
  private opening = 0;

  constructor(video: HTMLVideoElement) {
    this.video = video;
  }

  /** Opens the camera and waits for its first picture. */
  async open(id: string | null, { allowed, lost }: News): Promise<Opened> {
    this.close();
    const mine = this.opening;
    const stream = await streamOf(id);
    if (mine !== this.opening) {
      stop(stream);
      throw new CameraRefusal('in_use');
    }
    this.stream = stream;
    for (const track of stream.getVideoTracks()) track.addEventListener('ended', lost);
    allowed();
    await drawn();
    if (mine !== this.opening) throw new CameraRefusal('in_use');
    await this.picture(stream);
    this.inputs = await inputsHere();
    const { videoWidth: width, videoHeight: height } = this.video;
    return { id: this.settings.deviceId ?? null, width, height, inputs: this.inputs };
  }

  close(): void {
    this.opening += 1;
    if (this.stream !== null) stop(this.stream);
    this.stream = null;
    this.video.srcObject = null;
  }

  facts(): CameraFacts {
    const track = this.stream?.getVideoTracks()[0];
    const devices = navigator.mediaDevices;
    return {
      label: (track?.label ?? '').slice(0, 200),
      constructor: track?.constructor.name ?? '',
      inputs: this.inputs.length,
      settings: nameless(this.settings),
      capabilities: nameless(capabilitiesOf(track)),
      supported: Object.keys(devices.getSupportedConstraints?.() ?? {}),
      native: /\[native code\]/.test(Function.prototype.toString.call(devices.getUserMedia)),
      frame_callback: 'requestVideoFrameCallback' in this.video,
      screen: [window.screen.width, window.screen.height],
      agent: navigator.userAgent.slice(0, 400),
    };
  }

  private get settings(): MediaTrackSettings {
    return this.stream?.getVideoTracks()[0]?.getSettings?.() ?? {};
  }

  private async picture(stream: MediaStream): Promise<void> {
    const { video } = this;
    video.srcObject = stream;
    // Inside WeChat pictures move only when they are told to, and iOS may still refuse: the first picture then never comes.
    Promise.resolve(video.play()).catch(() => undefined);
    if (video.readyState >= HAS_PICTURE && video.videoWidth > 0) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        if (this.stream === stream) this.close();
        reject(new CameraRefusal('in_use'));
      }, NO_PICTURE_MS);
      video.addEventListener(
        'loadeddata',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }
}

/** Waits until what was made visible is drawn; a page that is hidden draws nothing, and is not waited for. */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, DRAWN_WITHIN_MS);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}

async function streamOf(id: string | null): Promise<MediaStream> {
  const which: MediaTrackConstraints = id === null ? { facingMode: 'user' } : { deviceId: { exact: id } };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...WISHES, ...which } });
  } catch (error) {
    const why = whyOf(error);
    // The chosen one was unplugged, or an old driver knows none of the wishes: any camera will do.
    if (why !== 'no_camera') throw new CameraRefusal(why);
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: false, video: true });
  } catch (error) {
    throw new CameraRefusal(whyOf(error));
  }
}

const WHYS: Readonly<Record<string, Why>> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'no_camera',
  DevicesNotFoundError: 'no_camera',
  OverconstrainedError: 'no_camera',
  ConstraintNotSatisfiedError: 'no_camera',
  TypeError: 'old_browser',
};

/** NotReadableError, AbortError and whatever else there is: the camera is there, allowed, and does not start. */
export function whyOf(error: unknown): Why {
  const name = typeof error === 'object' && error !== null ? (error as { name?: unknown }).name : undefined;
  return WHYS[String(name)] ?? 'in_use';
}

/** Names are told only once the camera is allowed. */
async function inputsHere(): Promise<readonly Input[]> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices
      .filter(({ kind }) => kind === 'videoinput')
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  } catch {
    return [];
  }
}

function capabilitiesOf(track: MediaStreamTrack | undefined): object {
  try {
    return track?.getCapabilities?.() ?? {};
  } catch {
    return {};
  }
}

/** What would know this device again is nobody's business. */
function nameless(facts: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).filter(([name]) => name !== 'deviceId' && name !== 'groupId'),
  );
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
