export { throttle } from "./throttle";
export { DefenderClient } from "./client";
