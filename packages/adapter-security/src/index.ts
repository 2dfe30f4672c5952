export { type Argon2HasherOptions, createArgon2Hasher } from "./argon2-hasher.ts";
export { createJwtTokenService, type JwtTokenServiceOptions } from "./jwt-token-service.ts";
