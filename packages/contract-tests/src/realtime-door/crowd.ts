import type { Device } from "./device.ts";
import type { Scene } from "./scene.ts";

/** A scene in which everybody is there. */
export interface Crowd extends Scene {
  readonly ada1: Device;
  readonly ada2: Device;
  readonly ben1: Device;
  readonly ben2: Device;
  readonly cys: Device;
  readonly devices: readonly Device[];
  /** Everything that was pushed to anybody has arrived. */
  arrived(): Promise<void>;
}

/** Two people with two devices each, and somebody who has nothing to do with them. */
export const crowd = async (scene: Scene): Promise<Crowd> => {
  const { ada, ben, cy } = scene;
  const [ada1, ada2] = [await scene.device(ada), await scene.device(ada)];
  const [ben1, ben2] = [await scene.device(ben), await scene.device(ben)];
  const cys = await scene.device(cy);
  const devices = [ada1, ada2, ben1, ben2, cys];
  return { ...scene, ada1, ada2, ben1, ben2, cys, devices, arrived: () => scene.settle([ada, ben, cy], ...devices) };
};

/** How often each device heard the event, in the order of the crowd. */
export const counts = ({ devices }: Crowd, event: string): readonly number[] =>
  devices.map((device) => device.all(event).length);
