import { AadhaarNumbers } from './aadhaar-numbers.js';
import { AbhaClock } from './abha-clock.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AbhaSettings } from './abha-settings.js';
import { AccountChanges } from './account-changes.js';
import { AccountLimits } from './account-limits.js';
import { AccountController } from './account.controller.js';
import { AddressLoginController } from './address-login.controller.js';
import { AddressLogin } from './address-login.js';
import { Addresses } from './addresses.js';
import { Benefits } from './benefits.js';
import { BiometricLogin } from './biometric-login.js';
import { Biometrics } from './biometrics.js';
import { Children } from './children.js';
import { Documents } from './documents.js';
import { EncryptionKeys } from './encryption-keys.js';
import { EnrolmentWays } from './enrolment-ways.js';
import { EnrolmentController } from './enrolment.controller.js';
import { Enrolment } from './enrolment.js';
import { FaceCapture } from './face-capture.js';
import { FindAbha } from './find-abha.js';
import { LoginAnswers } from './login-answers.js';
import { LoginController } from './login.controller.js';
import { Login } from './login.js';
import { Newcomers } from './newcomers.js';
import { Otps } from './otps.js';
import { AbhaPeople } from './people.js';
import { Personas } from './personas.js';
import { ProfileChanges } from './profile-changes.js';
import { Transactions } from './transactions.js';
import { UserTokens } from './user-tokens.js';

/** What the simulator's module needs of this folder. */
export const ABHA_CONTROLLERS = [AccountController, AddressLoginController, EnrolmentController, LoginController];

export const ABHA_SERVICE = [
  AadhaarNumbers,
  AbhaClock,
  AbhaPeople,
  AbhaRefusals,
  AbhaSettings,
  AccountChanges,
  AccountLimits,
  AddressLogin,
  Addresses,
  Benefits,
  BiometricLogin,
  Biometrics,
  Children,
  Documents,
  EncryptionKeys,
  Enrolment,
  EnrolmentWays,
  FaceCapture,
  FindAbha,
  Login,
  LoginAnswers,
  Newcomers,
  Otps,
  Personas,
  ProfileChanges,
  Transactions,
  UserTokens,
];
