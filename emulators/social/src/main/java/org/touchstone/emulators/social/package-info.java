/** Social networks on the loopback interface, for tests and for trying the bot. */
package org.touchstone.emulators.social;
