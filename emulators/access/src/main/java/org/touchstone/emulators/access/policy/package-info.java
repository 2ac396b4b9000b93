/** IAM policies of roles, as far as Touchstone's deployment uses the language. */
package org.touchstone.emulators.access.policy;
