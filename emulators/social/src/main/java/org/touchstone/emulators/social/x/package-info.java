/** X's API v2 on loopback, as its documentation describes it. */
package org.touchstone.emulators.social.x;
