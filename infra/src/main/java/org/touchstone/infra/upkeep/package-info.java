/** What is done by the clock. */
package org.touchstone.infra.upkeep;
