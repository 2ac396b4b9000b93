/** Who calls the API, and what they may do. */
package org.touchstone.intake.access;
