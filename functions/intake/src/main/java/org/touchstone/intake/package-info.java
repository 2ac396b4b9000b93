/** The public REST API. */
package org.touchstone.intake;
