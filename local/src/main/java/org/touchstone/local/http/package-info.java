/** Who may use the API of this machine. */
package org.touchstone.local.http;
