/** Who may call the embedded AWS services: access keys, and the roles behind them. */
package org.touchstone.emulators.access;
