/** Checks of AWS Signature Version 4, in headers and in presigned addresses. */
package org.touchstone.emulators.access.signature;
