/** The mention bot. */
package org.touchstone.infra.bot;
