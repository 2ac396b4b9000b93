/** The monthly cost of a deployment, from one file of list prices. */
package org.touchstone.infra.cost;
