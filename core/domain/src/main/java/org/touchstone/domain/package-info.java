/** Records and rules of an analysis, in plain Java: what every other module speaks. */
package org.touchstone.domain;
